// What a command prints, also where nobody reads it to the end: `| head`, a closed window, a log on a full disk. A program imports this for what it does: it goes on to
// its end, since what it works at is not undone by who listens; lines that a disk did not take make its exit code 1.

/** of a reader that has left */
const unread = ['EPIPE', 'EIO', 'ECONNRESET', 'ENXIO']
const told = new Set<NodeJS.WriteStream>()

for (const stream of [process.stdout, process.stderr]) {
  const unheard = ({ code = '' }: NodeJS.ErrnoException) => {
    // after the first every line fails
    if (unread.includes(code) || told.has(stream)) return
    told.add(stream)
    process.exitCode ||= 1
    if (stream === process.stdout) console.error(`what is printed cannot be written (${code}): make room there and run it again`)
  }
  // tests import this again and again, in one process
  if (!stream.listeners('error').some(({ name }) => name === unheard.name)) stream.on('error', unheard)
}
