// `npm run conditions`: pages of sub-packages that are new in app.json, and a compile condition in project.config.json for every page that has none.
import { writeCompileConditions } from './checks/compile-conditions.ts'

await writeCompileConditions()
