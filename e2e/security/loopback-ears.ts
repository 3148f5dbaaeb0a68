import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

export interface LoopbackEars {
  readonly port: number;
  /** Connections and datagrams heard so far. */
  heard(): number;
  close(): void;
}

/** Listens for anything at all, TCP and UDP, on one port of this computer. */
export async function listenOnLoopback(): Promise<LoopbackEars> {
  let heard = 0;
  const tcp = createServer((socket) => {
    heard += 1;
    socket.destroy();
  });
  tcp.listen(0, '127.0.0.1');
  await once(tcp, 'listening');
  const address = tcp.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const udp = createSocket('udp4', () => {
    heard += 1;
  });
  udp.bind(address.port, '127.0.0.1');
  await once(udp, 'listening');
  return {
    port: address.port,
    heard: () => heard,
    close() {
      tcp.close();
      udp.close();
    },
  };
}
