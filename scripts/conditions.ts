// `npm run conditions`: a compile condition in project.config.json for every page of app.json that has none.
import { writeCompileConditions } from './checks/compile-conditions.ts'

await writeCompileConditions()
