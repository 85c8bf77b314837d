// First of all in the page: the deadline runs and the content is asked for before anything is drawn. Plain script, as old WebViews run it.
window.receipt = (function () {
  'use strict'
  var parentOrigin = '__PARENT__'
  var deadline = __DEADLINE__
  /** what was told to WeChat's page; said once, and once more unchanged when its script is there */
  var said = null
  var readyMs = 0
  var load = null
  var reported = false

  function post(message) {
    // alone in a tab there is nobody to tell
    if (window.parent !== window) window.parent.postMessage(JSON.stringify(message), parentOrigin)
  }

  function say(displayStyle, height) {
    if (said) return false
    said = { action: 'onIframeReady', displayStyle: displayStyle }
    if (height) said.height = height
    readyMs = Math.round(performance.now())
    post(said)
    report()
    return true
  }

  /** How long it took, once it is known which load this was. */
  function report() {
    if (reported || !said || !load) return
    reported = true
    var displayed = said.displayStyle === 'SHOW_CUSTOM_PAGE' ? 'merchant' : 'official'
    var body = JSON.stringify({ load: load, ready_ms: readyMs, displayed: displayed })
    try {
      var sent = navigator.sendBeacon && navigator.sendBeacon('receipt/beacon', new Blob([body], { type: 'application/json' }))
      if (sent) return
      var headers = { 'content-type': 'application/json' }
      fetch('receipt/beacon', { method: 'POST', body: body, headers: headers, keepalive: true }).catch(function () {})
    } catch (_) {
      // a figure less
    }
  }

  /** Nothing of ours then: WeChat shows its own receipt. */
  function official() {
    say('SHOW_OFFICIAL_PAGE')
  }

  window.addEventListener('error', function (event) {
    // with its error: ours. What fails in WeChat's script, of another origin, comes without, and so does what could not be loaded
    if (event.error) official()
  })
  window.addEventListener('unhandledrejection', official)
  setTimeout(official, Math.max(0, deadline - performance.now()))

  // with the usual credentials, although there are none: without, browsers open another connection, two round trips more
  var content = fetch('receipt/content' + location.search, { cache: 'no-store' }).then(function (answer) {
    if (!answer.ok) throw new Error('no content')
    return answer.json()
  })
  content.then(function (answer) {
    load = answer.load
    if (answer.outcome !== 'show') official()
    report()
  }, official)

  return {
    content: content,
    official: official,
    say: say,
    isSaid: function () {
      return said !== null
    },
    /** Messages sent before WeChat's script was there are said to be lost at times; the same one again changes nothing. */
    again: function () {
      if (said && performance.now() < 3000) post(said)
    },
    jumpOut: function (url) {
      post({ action: 'jumpOut', jumpOutUrl: url })
    },
  }
})()
