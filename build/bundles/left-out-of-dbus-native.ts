/** Stands in for xml2js, 200 kB: dbus-native reads descriptions of remote objects with it, and none is read here. */
export default function nothing(): void {}
