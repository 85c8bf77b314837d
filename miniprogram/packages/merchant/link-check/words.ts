// The words of this page, in 简体中文 and in English.
import { addTable } from '../../../words/index'

/** @public read by scripts/checks/dictionaries.ts */
export const dictionary = addTable({
  page: {
    link_check: ['检查小票链接', 'Check receipt link'],
  },
  link_part: {
    address: ['域名和网络', 'Domain and network'],
    certificate: ['HTTPS 证书', 'HTTPS certificate'],
    redirect: ['跳转', 'Redirects'],
    answer: ['网页应答', 'Page response'],
    time: ['打开速度', 'Speed'],
    framing: ['允许在支付完成页里显示', 'May be shown inside the payment page'],
    script: ['微信的小票脚本', "WeChat's receipt script"],
    ready: ['onIframeReady 通知', 'onIframeReady'],
    jump: ['没有自动跳出', 'No automatic jump'],
    verification_file: ['校验文件', 'Verification file'],
  },
  link_verdict: {
    error: ['有问题要改，顾客可能看不到商家小票', 'Needs fixing: customers may not see the receipt'],
    warning: ['能用，但有隐患', 'Works, with a risk'],
    note: ['没有发现问题', 'Nothing found'],
    fine: ['没有发现问题', 'Nothing found'],
  },
  link_note: {
    outside: [
      '从我们的服务器访问，速度与顾客手机上的不同；只看网页源代码，不运行它。',
      "Opened from our server, so the speed differs from a customer's phone. Only the page's source is read; it is not run.",
    ],
  },
  link: {
    'FINE.title': ['正常', 'Fine'],
    'FINE.remedy': ['不用处理。', 'Nothing to do.'],
    'NOT_REACHED.title': ['没有检查', 'Not checked'],
    'NOT_REACHED.remedy': [
      '前面的问题解决后再查；校验文件要填了文件名才查。',
      'Check again once the above is fixed. A verification file is checked when its name is given.',
    ],
    'NAME_NOT_FOUND.title': ['域名解析不到', 'Domain not found'],
    'NAME_NOT_FOUND.remedy': [
      '{host} 没有解析记录。请到域名服务商处检查解析和到期时间。',
      '{host} has no DNS record. Check the records and the expiry at the registrar.',
    ],
    'ADDRESS_NOT_PUBLIC.title': ['指向了内网或保留地址', 'Leads to a private or reserved address'],
    'ADDRESS_NOT_PUBLIC.remedy': [
      '{host} 没有指向公网地址，顾客的手机打不开。请改成公网地址。',
      '{host} has no public address, so phones cannot open it. Give it one.',
    ],
    'CONNECTION_FAILED.title': ['连不上服务器', 'No connection'],
    'CONNECTION_FAILED.remedy': [
      '{host} 的 443 端口没有应答。请检查服务器和防火墙。',
      'Port 443 of {host} does not answer. Check the server and its firewall.',
    ],
    'TLS_FAILED.title': ['HTTPS 连接失败', 'HTTPS failed'],
    'TLS_FAILED.remedy': [
      '{host} 没有建立起安全连接。请确认开了 HTTPS，并支持 TLS 1.2 或以上。',
      '{host} made no secure connection. Make sure that HTTPS is on, with TLS 1.2 or newer.',
    ],
    'CERTIFICATE_UNTRUSTED.title': ['证书不受信任', 'Certificate not trusted'],
    'CERTIFICATE_UNTRUSTED.remedy': [
      '{host} 的证书不是公认机构签发的。请换成公认机构的证书。',
      'No known authority issued the certificate of {host}. Use one that is publicly trusted.',
    ],
    'CERTIFICATE_CHAIN_INCOMPLETE.title': ['证书链不完整', 'Certificate chain incomplete'],
    'CERTIFICATE_CHAIN_INCOMPLETE.remedy': [
      '{host} 少了中间证书，iPhone 上常打不开。请把完整的证书链（fullchain）配到服务器上。',
      '{host} sends no intermediate certificate, which iPhones often refuse. Put the full chain on the server.',
    ],
    'CERTIFICATE_EXPIRED.title': ['证书已过期', 'Certificate expired'],
    'CERTIFICATE_EXPIRED.remedy': ['{host} 的证书已过期。请续期后重新部署。', 'The certificate of {host} has expired. Renew it.'],
    'CERTIFICATE_NOT_YET_VALID.title': ['证书还没有生效', 'Certificate not valid yet'],
    'CERTIFICATE_NOT_YET_VALID.remedy': [
      '{host} 的证书还没到生效时间。请换一张，或检查签发时间。',
      'The certificate of {host} is not valid yet. Use another one, or check its start date.',
    ],
    'CERTIFICATE_OTHER_NAME.title': ['证书不是这个域名的', 'Certificate for another domain'],
    'CERTIFICATE_OTHER_NAME.remedy': [
      '证书里没有 {host}。请换成包含这个域名的证书。',
      'The certificate does not include {host}. Use one that does.',
    ],
    'CERTIFICATE_EXPIRES_SOON.title': ['证书快到期', 'Certificate expires soon'],
    'CERTIFICATE_EXPIRES_SOON.remedy': ['还有 {days} 天到期。请尽快续期。', '{days|day|days} left. Renew it now.'],
    'CERTIFICATE_TOO_LONG_LIVED.title': ['证书有效期太长', 'Certificate valid for too long'],
    'CERTIFICATE_TOO_LONG_LIVED.remedy': [
      '有效期 {days} 天，超过苹果接受的 {longest} 天，iPhone 可能不信任。请换一张。',
      'It is valid for {days} days; Apple accepts {longest}, so iPhones may refuse it. Use another one.',
    ],
    'REDIRECTED.title': ['有跳转', 'Redirected'],
    'REDIRECTED.remedy': [
      '跳到了 {host}（{status}），会变慢。请在服务商平台直接填最终的链接。',
      'Redirects to {host} ({status}), which is slower. Enter the final link on the provider console.',
    ],
    'REDIRECT_TO_LOGIN.title': ['跳到了登录或授权页', 'Redirected to a login'],
    'REDIRECT_TO_LOGIN.remedy': [
      '顾客在这里不会登录。小票页要不登录就能打开。',
      'Customers do not log in here. The receipt must open without a login.',
    ],
    'REDIRECT_NOT_HTTPS.title': ['跳到了不是 HTTPS 的地址', 'Redirected away from HTTPS'],
    'REDIRECT_NOT_HTTPS.remedy': [
      '支付完成页里只能显示 HTTPS 网页。请把跳转改成 https，或去掉跳转。',
      'Only HTTPS pages are shown inside the payment page. Redirect to https, or not at all.',
    ],
    'REDIRECT_LEAVES_HOSTS.title': ['跳到了没有登记的域名', 'Redirected to an unregistered host'],
    'REDIRECT_LEAVES_HOSTS.remedy': [
      '跳到了 {host}，没有再查下去。是自己的域名就请运营登记，不是就请去掉跳转。',
      'Redirects to {host}; the check stopped there. If it is yours, ask operations to register it; if not, remove the redirect.',
    ],
    'REDIRECT_LOOP.title': ['一直在跳转', 'Redirects without end'],
    'REDIRECT_LOOP.remedy': [
      '跳了很多次还没有到网页。请检查服务器的跳转规则。',
      "Many redirects and still no page. Check the server's rules.",
    ],
    'REDIRECT_LOSES_ORDER.title': ['跳转时丢了订单参数', 'A redirect loses the order'],
    'REDIRECT_LOSES_ORDER.remedy': [
      '跳转后没有 out_trade_no，网页不知道是哪一单。请在跳转时带上全部参数，或去掉跳转。',
      'After the redirect out_trade_no is missing, so the page does not know the order. Pass on all parameters, or remove the redirect.',
    ],
    'STATUS_NOT_200.title': ['网页打不开', 'The page does not open'],
    'STATUS_NOT_200.remedy': [
      '服务器返回 {status}。请检查链接的路径和服务器。',
      'The server answers {status}. Check the path of the link and the server.',
    ],
    'ORDER_QUERY_NOT_TOLERATED.title': ['带上订单参数就打不开', 'Fails when asked with an order'],
    'ORDER_QUERY_NOT_TOLERATED.remedy': [
      '带 sub_mch_id、out_trade_no、check_code 访问时返回 {status}。查不到订单时也要正常打开，并发 SHOW_OFFICIAL_PAGE。',
      'With sub_mch_id, out_trade_no and check_code it answers {status}. For an unknown order it must still open and post SHOW_OFFICIAL_PAGE.',
    ],
    'NOT_HTML.title': ['返回的不是网页', 'Not a web page'],
    'NOT_HTML.remedy': [
      '服务器说内容是「{type}」。请把 Content-Type 设为 text/html。',
      'The server says that it is “{type}”. Set Content-Type to text/html.',
    ],
    'TOO_LARGE.title': ['网页太大', 'Page too large'],
    'TOO_LARGE.remedy': [
      '超过 1 MB，3 秒内很难打开。请减小网页，建议 30 KB 以内。',
      'More than 1 MB hardly opens within 3 s. Make it smaller, ideally below 30 KB.',
    ],
    'ANSWER_BROKEN.title': ['应答不完整', 'Incomplete response'],
    'ANSWER_BROKEN.remedy': [
      '服务器的应答读到一半就断了，或格式不对。请检查服务器和压缩设置。',
      'The response broke off or is malformed. Check the server and its compression.',
    ],
    'FRAGMENT_IN_LINK.title': ['链接里有 #', 'The link has a #'],
    'FRAGMENT_IN_LINK.remedy': [
      '订单参数可能加在 # 后面，服务器收不到。请改用不带 # 的链接。',
      'The order may be put after the #, where the server never sees it. Use a link without one.',
    ],
    'QUERY_IN_LINK.title': ['链接自带参数', 'The link has parameters of its own'],
    'QUERY_IN_LINK.remedy': [
      '能打开，但校验码（check_code）怎么算没有公开说明，可能对不上。能不带就不带。',
      'It opens, but how check_code is calculated then is not published, so it may not match. Better without parameters.',
    ],
    'TIMED_OUT.title': ['太久没有打开', 'Did not open in time'],
    'TIMED_OUT.remedy': [
      '5 秒内没有打开完。小票只等 3 秒，超时顾客看到错误页。请检查服务器。',
      'It did not open within 5 s. The receipt has only 3 s; after that customers see an error page. Check the server.',
    ],
    'TOO_SLOW.title': ['太慢', 'Too slow'],
    'TOO_SLOW.remedy': [
      '用了 {milliseconds} 毫秒。小票只等 3 秒，超时顾客看到错误页。请先显示网页、再取订单。',
      'It took {milliseconds} ms. The receipt has only 3 s; after that customers see an error page. Show the page first, then fetch the order.',
    ],
    'SLOW.title': ['偏慢', 'Rather slow'],
    'SLOW.remedy': [
      '用了 {milliseconds} 毫秒，手机信号差时会超过 3 秒。请减小网页、靠近用户部署。',
      'It took {milliseconds} ms; with a weak signal it can exceed 3 s. Make the page smaller, or host it closer to users.',
    ],
    'FRAMING_FORBIDDEN_X_FRAME_OPTIONS.title': ['不允许被嵌入（X-Frame-Options）', 'Framing forbidden (X-Frame-Options)'],
    'FRAMING_FORBIDDEN_X_FRAME_OPTIONS.remedy': [
      '应答头是 {header}。请去掉它，改用 CSP 的 frame-ancestors https://payapp.weixin.qq.com。',
      'The header says {header}. Remove it; use CSP frame-ancestors https://payapp.weixin.qq.com instead.',
    ],
    'FRAMING_FORBIDDEN_CSP.title': ['不允许被嵌入（CSP）', 'Framing forbidden (CSP)'],
    'FRAMING_FORBIDDEN_CSP.remedy': [
      'frame-ancestors 现在是「{header}」。请加上 https://payapp.weixin.qq.com。',
      'frame-ancestors is “{header}”. Add https://payapp.weixin.qq.com.',
    ],
    'SCRIPT_MISSING.title': ['没有找到微信的小票脚本', "WeChat's receipt script not found"],
    'SCRIPT_MISSING.remedy': [
      '请在网页里引入 https://wx.gtimg.com/pay_h5/goldplan/js/jgoldplan-1.0.0.js。',
      'Load https://wx.gtimg.com/pay_h5/goldplan/js/jgoldplan-1.0.0.js in the page.',
    ],
    'READY_MISSING.title': ['没有找到 onIframeReady', 'onIframeReady not found'],
    'READY_MISSING.remedy': [
      '网页要在 3 秒内发出 onIframeReady，否则顾客看到错误页。只查了源代码，运行时才拼出来的看不到。',
      'The page must post onIframeReady within 3 s, or customers see an error page. Only the source was read; code built at run time is not seen.',
    ],
    'JUMP_SEEMS_AUTOMATIC.title': ['可能会自动跳出', 'May jump by itself'],
    'JUMP_SEEMS_AUTOMATIC.remedy': [
      '看到 jumpOut，附近没有点击。自动跳出会被处罚，只能在顾客点击后跳。这是按源代码猜的，请开发确认。',
      'There is a jumpOut with no click near it. Automatic jumps are penalised; jump only after a click. This is a guess from the source: ask the developer.',
    ],
    'VERIFICATION_FILE_MISSING.title': ['校验文件打不开', 'Verification file missing'],
    'VERIFICATION_FILE_MISSING.remedy': [
      '{file} 返回 {status}。请把服务商平台给的文件放到链接所在的目录。',
      '{file} answers {status}. Put the file from the provider console in the same folder as the link.',
    ],
    'VERIFICATION_FILE_REDIRECTED.title': ['校验文件被跳转', 'Verification file redirected'],
    'VERIFICATION_FILE_REDIRECTED.remedy': [
      '{file} 返回 {status}。这个文件要能直接打开，请把它排除在跳转规则外。',
      '{file} answers {status}. It must open directly: leave it out of the redirect rules.',
    ],
    'VERIFICATION_FILE_IS_PAGE.title': ['校验文件变成了网页', 'Verification file is a page'],
    'VERIFICATION_FILE_IS_PAGE.remedy': [
      '打开 {file} 得到的是网页。请让服务器先找文件，再回到网页。',
      '{file} gives a web page. Let the server look for the file before it falls back to the page.',
    ],
  },
  link_check: {
    link_provider: ['这家店用服务商的小票链接', "This shop uses the provider's receipt link"],
    link_sub_merchant: ['这家店用自己的小票链接', 'This shop uses its own receipt link'],
    link_none: ['这家店没有配置小票链接', 'No receipt link is configured for this shop'],
    note_provider: ['不填就查后台登记的那一条。', 'Leave it empty to check the registered one.'],
    note_sub_merchant: [
      '请填这家店自己的链接。它的域名要在后台登记过才能查。',
      "Enter the shop's own link. Its host must be registered first.",
    ],
    note_none: [
      '请运营到服务商平台配置：服务商功能 > 点金计划 > 商家小票链接配置。链接做好了可以先在这里查。',
      'Ask operations to configure one on the provider console: Provider functions > Gold Plan > Merchant receipt link. A finished link can be checked here first.',
    ],
    field: ['要检查的链接', 'Link to check'],
    hint: ['不填就查登记的链接', 'Empty: the registered link'],
    hint_own: ['https:// 开头的链接', 'A link that begins with https://'],
    looks: ['会看什么', 'What is checked'],
    looks_text: [
      '从服务器打开一次，看证书、跳转、速度、能不能嵌入、小票脚本和校验文件。只看，不改，也不留下网页内容。',
      'The server opens it once: certificate, redirects, speed, framing, receipt script and verification file. Nothing is changed and no page is kept.',
    ],
    check: ['检查', 'Check'],
    again: ['再查一次', 'Check again'],
    checking: ['正在打开链接', 'Opening the link'],
    checking_text: ['一项一项地看，一般几秒。', 'Step by step; usually a few seconds.'],
    slow_text: ['网页应答慢，再等几秒。', 'The page answers slowly. A few more seconds.'],
    offline: ['网络断开', 'No network'],
    offline_text: ['检查链接需要联网，上次的结果留在这里。', 'Checking needs the network. The last result stays here.'],
    forbidden: ['你的角色不能检查链接', 'Your role cannot check links'],
    forbidden_sentence: [
      '链接由业务员、区域主管和运营来查。需要时，把商户号发给他们。',
      'Field agents, region leads and operations can. Send them the merchant ID.',
    ],
    back: ['回到商户', 'Back to the shop'],
    copy: ['复制给服务商技术', 'Copy for the developer'],
    checked_at: ['{time} 检查', 'Checked {time}'],
    took: ['用了 {milliseconds} 毫秒', 'Took {milliseconds} ms'],
    certificate: ['证书到 {day}', 'Certificate until {day}'],
    group_error: ['要改', 'To fix'],
    group_warning: ['有隐患', 'Risks'],
    group_note: ['留意', 'Worth knowing'],
    fine: ['正常：{parts}', 'Fine: {parts}'],
    not_reached: ['没有检查：{parts}', 'Not checked: {parts}'],
    line: ['{group}：{title}。{remedy}', '{group}: {title}. {remedy}'],
  },
})
declare global {
  interface PageWords extends Record<keyof typeof dictionary.en, string> {}
}
