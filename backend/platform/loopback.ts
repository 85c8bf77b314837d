// This machine, as hosts of URLs and of settings write it.

export const isLoopbackHost = (host: string): boolean => /^(127(\.\d{1,3}){3}|localhost|::1|\[::1\])$/.test(host)

export const isLoopbackUrl = (value: string): boolean => URL.canParse(value) && isLoopbackHost(new URL(value).hostname)
