// What a command prints, also where nobody reads it to the end: `| head`, a closed window, a log on a full disk.

const watched = new WeakSet<NodeJS.WriteStream>()
const told = new WeakSet<NodeJS.WriteStream>()
/** of a reader that has left */
const unread = ['EPIPE', 'EIO', 'ECONNRESET', 'ENXIO']

/** The command goes on to its end all the same: what it does is not undone by who listens. Lines that a disk did not take make its exit code 1. */
export function printed(stream: NodeJS.WriteStream, text: string): void {
  if (!watched.has(stream)) {
    watched.add(stream)
    stream.on('error', ({ code = '' }: NodeJS.ErrnoException) => {
      // after the first every line fails
      if (unread.includes(code) || told.has(stream)) return
      told.add(stream)
      process.exitCode ||= 1
      if (stream === process.stdout)
        printed(process.stderr, `what is printed cannot be written (${code}): make room there and run it again\n`)
    })
  }
  stream.write(text)
}
