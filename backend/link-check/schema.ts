// What can be seen of a receipt link from outside (facts.md §2.5 to §2.7). The page's body is judged here and never answered.
import { Type, type Static } from 'typebox'
import { Instant, SubMchid, nullable } from '../http/schema.ts'

/** POST /sub-merchants/{sub_mchid}/link-checks */
export const LinkCheckRequest = Type.Object(
  {
    url: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 512,
        description: 'a link of a host that the provider has registered; default: its receipt link',
      }),
    ),
    verification_file: Type.Optional(
      Type.String({
        pattern: '^[0-9A-Za-z_-]{1,64}\\.[a-z]{2,5}$',
        description: 'name of the file that the console gave; not asked for when absent',
      }),
    ),
  },
  { additionalProperties: false },
)
export type LinkCheckRequest = Static<typeof LinkCheckRequest>

/** What is looked at, in the order of looking. */
export const LinkCheckPart = Type.Union([
  Type.Literal('address'),
  Type.Literal('certificate'),
  Type.Literal('redirect'),
  Type.Literal('answer'),
  Type.Literal('time'),
  Type.Literal('framing'),
  Type.Literal('script'),
  Type.Literal('ready'),
  Type.Literal('jump'),
  Type.Literal('verification_file'),
])
export type LinkCheckPart = Static<typeof LinkCheckPart>

/** Words for each are in the app; {names} in it are keys of `values`. */
export const LinkFindingCode = Type.Union([
  Type.Literal('FINE'),
  Type.Literal('NOT_REACHED'),
  // address
  Type.Literal('NAME_NOT_FOUND'),
  Type.Literal('ADDRESS_NOT_PUBLIC'),
  Type.Literal('CONNECTION_FAILED'),
  // certificate
  Type.Literal('TLS_FAILED'),
  Type.Literal('CERTIFICATE_UNTRUSTED'),
  Type.Literal('CERTIFICATE_CHAIN_INCOMPLETE'),
  Type.Literal('CERTIFICATE_EXPIRED'),
  Type.Literal('CERTIFICATE_NOT_YET_VALID'),
  Type.Literal('CERTIFICATE_OTHER_NAME'),
  Type.Literal('CERTIFICATE_EXPIRES_SOON'),
  Type.Literal('CERTIFICATE_TOO_LONG_LIVED'),
  // redirect
  Type.Literal('REDIRECTED'),
  Type.Literal('REDIRECT_TO_LOGIN'),
  Type.Literal('REDIRECT_NOT_HTTPS'),
  Type.Literal('REDIRECT_LEAVES_HOSTS'),
  Type.Literal('REDIRECT_LOOP'),
  Type.Literal('REDIRECT_LOSES_ORDER'),
  // answer
  Type.Literal('STATUS_NOT_200'),
  Type.Literal('ORDER_QUERY_NOT_TOLERATED'),
  Type.Literal('NOT_HTML'),
  Type.Literal('TOO_LARGE'),
  Type.Literal('ANSWER_BROKEN'),
  Type.Literal('FRAGMENT_IN_LINK'),
  Type.Literal('QUERY_IN_LINK'),
  // time
  Type.Literal('TIMED_OUT'),
  Type.Literal('TOO_SLOW'),
  Type.Literal('SLOW'),
  // framing
  Type.Literal('FRAMING_FORBIDDEN_X_FRAME_OPTIONS'),
  Type.Literal('FRAMING_FORBIDDEN_CSP'),
  // script, ready, jump
  Type.Literal('SCRIPT_MISSING'),
  Type.Literal('READY_MISSING'),
  Type.Literal('JUMP_SEEMS_AUTOMATIC'),
  // verification_file
  Type.Literal('VERIFICATION_FILE_MISSING'),
  Type.Literal('VERIFICATION_FILE_REDIRECTED'),
  Type.Literal('VERIFICATION_FILE_IS_PAGE'),
])
export type LinkFindingCode = Static<typeof LinkFindingCode>

/** error: customers do not get the receipt · warning: they may not, or soon · note: worth knowing, or not looked at · fine */
export const LinkSeverity = Type.Union([Type.Literal('error'), Type.Literal('warning'), Type.Literal('note'), Type.Literal('fine')])
export type LinkSeverity = Static<typeof LinkSeverity>

export const LinkFinding = Type.Object({
  part: LinkCheckPart,
  code: LinkFindingCode,
  severity: LinkSeverity,
  /** what stands in the words of this finding: days, status, host, header, milliseconds … */
  values: Type.Record(Type.String(), Type.Union([Type.String(), Type.Integer()])),
})
export type LinkFinding = Static<typeof LinkFinding>

export const LinkCheckResult = Type.Object(
  {
    sub_mchid: SubMchid,
    /** where the link leads first; its path and query are not repeated */
    host: Type.String(),
    checked_at: Instant,
    /** the gravest finding */
    verdict: LinkSeverity,
    /** one or more for each part, in the order of parts */
    findings: Type.Array(LinkFinding),
    /** from the first connection to the first byte and the last byte of the page, redirects included; null when there was none */
    first_byte_ms: nullable(Type.Integer()),
    total_ms: nullable(Type.Integer()),
    certificate_valid_to: nullable(Instant),
  },
  { $id: 'LinkCheckResult' },
)
export type LinkCheckResult = Static<typeof LinkCheckResult>
