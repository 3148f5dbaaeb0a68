/** Stands in for xml2js in the bundles: dbus-native reads descriptions of remote objects with it, and none is read here. */
export {};
