// Where the parts of the program write what happened; app.ts brings the real one.
export interface Log {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}
