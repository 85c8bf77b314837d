// The simulator's own WebSockets: the root of the repository has an older package of that name.
import { createRequire } from 'node:module'

export const { WebSocket, WebSocketServer } = createRequire(new URL('../../../simulator/server.ts', import.meta.url))(
  'ws',
) as typeof import('ws')
