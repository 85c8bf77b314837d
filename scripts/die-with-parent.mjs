// Loaded into each program that `npm start` spawns: its standard input is a pipe from the starter, so when the starter is gone, even by kill -9,
// the program ends as if told to, and no port stays taken.
process.stdin.resume()
process.stdin.on('end', () => process.kill(process.pid, 'SIGTERM'))
process.stdin.unref?.()
