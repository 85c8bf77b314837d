// A phone's camera and files in memory: pictures are as the test gives them, and drawing leaves them as they are (the real drawing is tried in the
// simulator, test/simulator/wx). Kept files outlive the app, temporary ones do not.
import { createHash } from 'node:crypto'
import type { Camera, Chosen, DrawnPhoto, Drawing } from '../../../miniprogram/phone/camera.ts'

const KEPT = 'wxfile://usr/photos/'

export class MemoryCamera implements Camera {
  private readonly temporary = new Map<string, Buffer>()
  private count = 0
  /** what the person does next: pictures to take, or not */
  next: (most: number) => Buffer[] | Exclude<Chosen, { outcome: 'chosen' }>['outcome'] = () => 'cancelled'
  /** what was asked to be drawn */
  readonly drawings: Drawing[] = []
  /** whether this phone can draw on a photo */
  draws = true
  /** no room for one more file */
  full = false

  constructor(readonly files = new Map<string, Buffer>()) {}

  async choose(most: number): Promise<Chosen> {
    const next = this.next(most)
    if (typeof next === 'string') return { outcome: next }
    return { outcome: 'chosen', paths: next.map(picture => this.put(picture)) }
  }
  async draw(path: string, drawing: Drawing): Promise<DrawnPhoto> {
    this.drawings.push(drawing)
    return { path: this.put(this.read(path)), marked: this.draws }
  }
  async measure(path: string): Promise<{ bytes: number; sha256: string }> {
    const content = this.read(path)
    return { bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') }
  }
  async keep(path: string, name: string): Promise<string> {
    if (this.full) throw new Error('saveFile:fail the maximum size of the file storage limit is exceeded')
    this.files.set(KEPT + name, this.read(path))
    return KEPT + name
  }
  exists(path: string): boolean {
    return this.files.has(path)
  }
  forget(path: string): void {
    this.files.delete(path)
  }
  kept(): string[] {
    return [...this.files.keys()]
  }
  preview(): void {}

  read(path: string): Buffer {
    const content = this.temporary.get(path) ?? this.files.get(path)
    if (!content) throw new Error(`no such file ${path}`)
    return content
  }
  private put(content: Buffer): string {
    this.count += 1
    const path = `wxfile://tmp_${this.count}.jpg`
    this.temporary.set(path, content)
    return path
  }
}
