// Which numbers a file has had, and on which line. A million take 24 MB, a fifth of what a Map needs, and no time of the garbage collector.

export class SeenNumbers {
  #keys = new Float64Array(1_024)
  #lines = new Uint32Array(1_024)
  #size = 0

  /**
   * @param number greater than 0
   * @returns the line on which it was before; undefined the first time
   */
  add(number: number, line: number): number | undefined {
    if (this.#size * 2 >= this.#keys.length) this.#grow()
    const slot = this.#slotOf(number)
    if (this.#keys[slot] === number) return this.#lines[slot]
    this.#keys[slot] = number
    this.#lines[slot] = line
    this.#size += 1
    return undefined
  }

  /** Where it is or would be: numbers that want the same place take the next free one. */
  #slotOf(number: number): number {
    const last = this.#keys.length - 1
    // merchant numbers follow one another: a factor spreads them (Fibonacci hashing)
    let slot = (Math.imul(number % 0xffff_fffb, 0x9e37_79b1) >>> 0) & last
    while (this.#keys[slot] !== 0 && this.#keys[slot] !== number) slot = (slot + 1) & last
    return slot
  }

  #grow(): void {
    const keys = this.#keys
    const lines = this.#lines
    this.#keys = new Float64Array(keys.length * 2)
    this.#lines = new Uint32Array(keys.length * 2)
    keys.forEach((key, index) => {
      if (key === 0) return
      const slot = this.#slotOf(key)
      this.#keys[slot] = key
      this.#lines[slot] = lines[index]!
    })
  }
}
