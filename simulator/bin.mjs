#!/usr/bin/env node
// The command of the package: main.ts, in TypeScript as it is.
import { tsImport } from 'tsx/esm/api'

await tsImport('./main.ts', import.meta.url)
