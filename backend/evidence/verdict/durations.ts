// Times of the domain, in milliseconds.

const minute = 60_000

/** A change of the plan or the receipt takes effect within 5 minutes (development guide, pay.weixin.qq.com/doc/v3/partner/4012072262). */
export const changeSettles = 5 * minute
/** Reopening needs 24 hours after an active close (change-gold-plan-status, 4012473796: `sub_mch reopen less than 24h`). */
export const reopenLock = 24 * 60 * minute
/** A receipt page that loaded later after its payment proves nothing: the console's debugging tool loads it too. */
export const beaconWindow = 10 * minute
/** Orders that say JSAPI outweigh a visitor's or an operator's "not JSAPI" for this long. */
export const ordersOutweigh = 30 * 24 * 60 * minute
