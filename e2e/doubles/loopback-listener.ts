import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { listenOnLoopback } from './loopback.ts';

export interface LoopbackListener {
  readonly port: number;
  /** Connections and datagrams received so far. */
  heard(): number;
  close(): void;
}

/** Listens for TCP connections and UDP datagrams on one loopback port. */
export async function openLoopbackListener(): Promise<LoopbackListener> {
  let heard = 0;
  const tcp = createServer((socket) => {
    heard += 1;
    socket.destroy();
  });
  const port = await listenOnLoopback(tcp);
  const udp = createSocket('udp4', () => {
    heard += 1;
  });
  udp.bind(port, '127.0.0.1');
  await once(udp, 'listening');
  return {
    port,
    heard: () => heard,
    close() {
      tcp.close();
      udp.close();
    },
  };
}
