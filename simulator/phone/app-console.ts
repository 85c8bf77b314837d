// The app's console, so that the phone page can show what the app writes there; it goes to the browser's own as well.

const LEVELS = ['log', 'info', 'warn', 'error', 'debug'] as const
/** characters of one line */
const MOST = 2_000

/** @returns a console of its own: the browser's stays as it is */
export function listenedConsole(original: Console, told: (text: string) => void): Console {
  const listened = Object.create(original) as Console
  for (const level of LEVELS) {
    listened[level] = (...values: unknown[]) => {
      original[level](...values)
      told(`${level === 'log' ? '' : `${level} `}${values.map(written).join(' ')}`.slice(0, MOST))
    }
  }
  return listened
}

function written(value: unknown): string {
  if (typeof value === 'string') return value
  if (Object.prototype.toString.call(value) === '[object Error]') return (value as Error).message
  try {
    return JSON.stringify(value) ?? String(value)
  } catch {
    return String(value)
  }
}
