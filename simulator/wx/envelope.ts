// One HTTP message between the frame and the server's proxy: four bytes with the length of a JSON head, the head, then the body as it is.

export interface ProxyRequest {
  method: string
  url: string
  header: Record<string, string>
}

export type ProxyAnswer =
  /** `header` in the spelling and order of the server; repeated names are joined by a comma */
  { statusCode: number; header: Record<string, string>; cookies: string[] } | { failure: { why: string; errno: number } }

/** What the app is given of it. */
export interface HttpAnswer {
  statusCode: number
  header: Record<string, string>
  cookies: string[]
  body: Uint8Array<ArrayBuffer>
}

export function pack(head: object, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const json = new TextEncoder().encode(JSON.stringify(head))
  const packed = new Uint8Array(4 + json.length + body.length)
  new DataView(packed.buffer).setUint32(0, json.length)
  packed.set(json, 4)
  packed.set(body, 4 + json.length)
  return packed
}

/** @throws Error if the bytes are no such message */
export function unpack<Head>(packed: Uint8Array): { head: Head; body: Uint8Array<ArrayBuffer> } {
  if (packed.length < 4) throw new Error('the message is shorter than its length field')
  const length = new DataView(packed.buffer, packed.byteOffset, packed.byteLength).getUint32(0)
  if (packed.length < 4 + length) throw new Error('the message is shorter than its head')
  return {
    head: JSON.parse(new TextDecoder().decode(packed.subarray(4, 4 + length))) as Head,
    body: packed.slice(4 + length) as Uint8Array<ArrayBuffer>,
  }
}
