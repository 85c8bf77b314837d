// Requests that never came as far as our server, and will not the next time either: the phone or something on the way refused them.

const CODES: readonly string[] = [
  'DOMAIN_NOT_ALLOWED',
  'UPLOAD_DOMAIN_NOT_ALLOWED',
  'CERTIFICATE_REFUSED',
  'TOO_MANY_REDIRECTS',
  'REFUSED_TOO_LARGE',
  'REFUSED_ON_THE_WAY',
]

/** @param code of an ApiError */
export const isRefusedBeforehand = (code: string): boolean => CODES.includes(code)
