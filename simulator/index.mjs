// What other projects import: `import { startSimulator } from 'miniprogram-phone'`.
import { tsImport } from 'tsx/esm/api'

export const { startSimulator } = await tsImport('./server.ts', import.meta.url)
