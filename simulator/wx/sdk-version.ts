// The base library that the simulator plays.
export const SDK_VERSION = '3.8.0'
