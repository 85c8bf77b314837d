// What goes over the line between a socket of the app, in the frame, and the server that opens the real one. Binary messages go as they are; a text begins
// with one letter that says what follows.

/** the frame's first message */
export interface SocketRequest {
  url: string
  header: Record<string, string>
  protocols: string[]
}

export interface SocketWords {
  /** the address may be asked for */
  accepted: object
  /** it may not, or nobody answers */
  failed: { why: string; errno: number }
  opened: { header: Record<string, string> }
  /** both ways; a code of 0 is none */
  close: { code: number; reason: string }
  text: string
}

const LETTERS: Record<keyof SocketWords, string> = { accepted: 'a', failed: 'f', opened: 'o', close: 'c', text: 't' }
const KINDS = Object.fromEntries(Object.entries(LETTERS).map(([kind, letter]) => [letter, kind])) as Record<string, keyof SocketWords>

export const word = <K extends keyof SocketWords>(kind: K, content: SocketWords[K]): string =>
  LETTERS[kind] + (typeof content === 'string' ? content : JSON.stringify(content))

export type SocketWord = { [K in keyof SocketWords]: { kind: K; content: SocketWords[K] } }[keyof SocketWords]

/** @throws SyntaxError if it is no such message */
export function readWord(message: string): SocketWord {
  const kind = KINDS[message[0] ?? '']
  const content = message.slice(1)
  if (kind === undefined) throw new SyntaxError(`no word of a socket begins with "${message[0]}"`)
  return { kind, content: kind === 'text' ? content : (JSON.parse(content) as never) } as SocketWord
}
