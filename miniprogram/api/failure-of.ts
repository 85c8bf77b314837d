import type { TransportFailure } from './transport'

/**
 * WeChat tells failures apart by text only, a line a network library: "request:fail timeout", "request:fail abort", "uploadFile:fail url not in domain list",
 * "request:fail errcode:-310 cronet_error_code:-310 error_msg:net::ERR_TOO_MANY_REDIRECTS", "request:fail -1007:" and "-1202:" of iOS (NSURLError),
 * "request:fail ssl hand shake error", "uploadFile:fail file not found".
 */
const FAILURES: readonly [TransportFailure, RegExp][] = [
  ['aborted', /abort/],
  ['domain', /domain list|not in the legal|合法域名/],
  ['redirects', /too[ _]many[ _]redirects|redirect.*(limit|loop)|-1007\b/],
  ['certificate', /err_cert_|err_ssl_|certificate|ssl hand ?shake|-120[1-6]\b/],
  ['no_file', /file not (found|exist)|no such file|tempfilepath.*not exist/],
  ['timeout', /timeout|timed out|time out/],
]
export const failureOf = (errMsg: string): TransportFailure =>
  FAILURES.find(([, words]) => words.test(errMsg.toLowerCase()))?.[0] ?? 'failed'
