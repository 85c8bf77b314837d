// What a merchant has to do so that a limitation ends (recover_way, doc/v3/partner/4012803072): the 19 ways that are published, in sentences for the owner.

export const recoverWays: Readonly<Record<string, string>> = {
  IRRECOVERABLE: '这个限制不能解除。',
  MODIFY_SUBJECT_INFORMATION: '请商户在商户平台修改主体资料（营业执照等）。',
  MODIFY_SETTLE_ACCOUNT_INFORMATION: '请商户修改结算银行账户。',
  VERIFY_INACTIVE_MERCHANT_IDENTITY: '商户长期没有交易，请商户核实身份。',
  SUBMIT_OFFLINE_BUSINESS_SCENARIO_INFORMATION: '请商户提交线下经营场所的资料（门头、店内照片等）。',
  SUBMIT_INFORMATION_FOR_APPEAL: '请商户提交资料申诉。',
  RESOLVE_TRANSACTION_DISPUTES: '请商户先处理完顾客的交易纠纷。',
  MODIFY_ADMINISTRATOR_INFORMATION: '请商户修改超级管理员的资料。',
  CALL_CUSTOMER_SERVICE_AT_95017: '请商户拨打微信支付客服 95017。',
  UPDATE_BUSINESS_SCENARIO_INFORMATION: '请商户更新经营场景的资料。',
  SUBMIT_CDD_INFORMATION: '请商户提交尽职调查资料。',
  WAITING_FOR_PLATFORM_REVIEW: '资料已提交，等微信支付审核，现在不用做什么。',
  SUBMIT_UBO_INFORMATION: '请商户提交受益所有人的资料。',
  SIGN_ANTI_FRAUD_PLEDGE_AND_VERIFY_FACE: '请商户签署反诈承诺书，并完成人脸核验。',
  CONTACT_APPROPRIATE_AUTHORITY_FOR_CONSULTATION: '请商户向有权机关咨询，微信支付不能解除。',
  MODIFY_ABBREVIATION_INFORMATION: '请商户修改商户简称。',
  CONFIRM_BUSINESS_TYPE: '请商户确认经营类型。',
  SUBMIT_ONLINE_BUSINESS_SCENARIO_INFORMATION: '请商户提交线上经营场景的资料（网站、小程序等）。',
  CONTACT_SERVICE_PROVIDER: '由服务商（我们）协助商户处理。',
}

/** @returns null for none, and for one that is newer than this program */
export const whatToDo = (way: string | undefined): string | null =>
  way !== undefined && Object.hasOwn(recoverWays, way) ? recoverWays[way]! : null
