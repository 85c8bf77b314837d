// What the commands of the backend have in common: how they speak, the database that they work on, and whose errors are one line for a person.
import { parseArgs, type ParseArgsConfig } from 'node:util'
import type { Limits } from '../database/client.ts'
import { connect, type Database } from '../database/connection.ts'
import { DatabaseRefusedError } from '../database/migrate.ts'
import { makeReady } from '../database/program-login.ts'
import { databaseOfCommand, LocalServerError, type CommandDatabase } from './command-database.ts'
import { SettingError } from './config-checks.ts'
import './printed.ts'

export const say = (line: string): void => void process.stdout.write(`${line}\n`)
export const complain = (line: string): void => void process.stderr.write(`${line}\n`)

/** The command was called with what it does not take. */
export class ArgumentsError extends Error {}

/** Whether its message says all that whoever runs a command needs. */
export const isForPerson = (error: Error): boolean =>
  [ArgumentsError, DatabaseRefusedError, LocalServerError, SettingError].some(kind => error instanceof kind)

/**
 * @param help said with what is wrong
 * @throws ArgumentsError
 */
export function optionsOf<T extends NonNullable<ParseArgsConfig['options']>>(args: string[], options: T, help: string) {
  try {
    return parseArgs({ args, options }).values
  } catch (error) {
    throw new ArgumentsError(`${(error as Error).message}\n${help}`)
  }
}

/**
 * Works on a database that is ready for the program, and ends what was begun for that.
 * @throws SettingError, DatabaseRefusedError, LocalServerError
 */
export async function onDatabase(
  { connections, limits }: { connections: number; limits: Limits },
  work: (database: Database, server: CommandDatabase) => Promise<void>,
): Promise<void> {
  const server = await databaseOfCommand(process.env, complain)
  try {
    await makeReady(server)
    const database = connect(server.url, connections, limits)
    await work(database, server).finally(() => database.destroy())
  } finally {
    await server.release()
  }
}
