// Draws the blocks once they are there, measures them, and tells WeChat's page.
;(function () {
  'use strict'
  // before anything else: `receipt` alone would be the element of that id
  var receipt = window.receipt
  var main = document.getElementById('receipt')

  function element(name, className, text) {
    var node = document.createElement(name)
    if (className) node.className = className
    if (text !== undefined) node.textContent = text
    return node
  }

  function card(className, title) {
    var node = element('section', 'card ' + className)
    if (title) node.appendChild(element('h2', '', title))
    return node
  }

  /** 14:05 in China, wherever the phone is */
  function clock(instant) {
    return new Date(Date.parse(instant) + 8 * 3600000).toISOString().slice(11, 16)
  }

  function figure(parts) {
    var node = element('p', 'figure')
    parts.forEach(function (part) {
      node.appendChild(document.createTextNode(part[0]))
      if (part[1]) node.appendChild(element('small', '', part[1]))
    })
    return node
  }

  function duration(minutes) {
    var days = Math.floor(minutes / 1440)
    var hours = Math.floor((minutes % 1440) / 60)
    var parts = []
    if (days) parts.push([days, '天'])
    if (hours) parts.push([hours, '小时'])
    if (minutes % 60 || parts.length === 0) parts.push([minutes % 60, '分钟'])
    return parts
  }

  var draw = {
    pickup_code: function (block) {
      var node = card('hero', block.title)
      var code = element('p', 'figure code', block.code)
      // Chinese characters are nearly twice as wide as digits
      code.style.setProperty('--n', block.code.length + 0.6 * block.code.replace(/[ -\xff]/g, '').length)
      // spoken letter by letter
      code.setAttribute('role', 'text')
      code.setAttribute('aria-label', block.code.split('').join(' '))
      node.appendChild(code)
      return node
    },
    parking: function (block, now) {
      var node = card('', block.title)
      node.appendChild(figure(duration(block.minutes)))
      node.appendChild(element('p', 'note', clock(block.entered_at) + ' 入场'))
      if (block.leave_by) node.appendChild(timeLeft(block.leave_by, now))
      if (block.fee_rule) node.appendChild(element('p', 'note', '收费标准：' + block.fee_rule))
      return node
    },
    order_items: function (block) {
      var node = card('quiet', block.title)
      var list = element('ul')
      block.items.forEach(function (item) {
        var line = element('li')
        line.appendChild(element('span', '', item.name))
        var quantity = element('b', '', '×' + item.quantity)
        quantity.setAttribute('role', 'text')
        quantity.setAttribute('aria-label', item.quantity + ' 份')
        line.appendChild(quantity)
        list.appendChild(line)
      })
      if (block.more) list.appendChild(element('li', 'note', '还有 ' + block.more + ' 项'))
      node.appendChild(list)
      return node
    },
    pickup_point: function (block) {
      var node = card('quiet', block.title)
      node.appendChild(element('p', 'place', block.place))
      return node
    },
    link: function (block) {
      var node = element('button', '', block.label)
      node.type = 'button'
      node.addEventListener('click', function (event) {
        // a page that jumps by itself is punished by WeChat: only a finger may
        if (event.isTrusted) receipt.jumpOut(block.url)
      })
      return node
    },
    notice: function (block) {
      return element('p', 'notice', block.text)
    },
  }

  /** Counted by the server's clock: phones are often minutes off. */
  function timeLeft(leaveBy, now) {
    var node = element('p', 'leave')
    var ahead = Date.parse(now) - Date.now()
    var end = Date.parse(leaveBy)
    function write() {
      var minutes = Math.ceil((end - Date.now() - ahead) / 60000)
      var over = minutes <= 0
      node.className = over ? 'leave over' : 'leave'
      var left = duration(minutes)
        .map(function (part) {
          return part[0] + ' ' + part[1]
        })
        .join(' ')
      node.textContent = over ? '离场时间 ' + clock(leaveBy) + ' 已过，请留意补缴' : '请在 ' + clock(leaveBy) + ' 前离场，还有 ' + left
      return over
    }
    if (!write()) {
      var timer = setInterval(function () {
        if (write()) clearInterval(timer)
      }, 5000)
    }
    return node
  }

  /** WeChat's frame is 640 wide by its own measure and 600 to 960 high. */
  function heightOf() {
    var wide = document.documentElement.clientWidth || 640
    return Math.min(960, Math.max(600, Math.ceil((main.getBoundingClientRect().height * 640) / wide)))
  }

  function clear() {
    main.textContent = ''
    main.removeAttribute('aria-busy')
  }

  receipt.content
    .then(function (answer) {
      // too late is too late: what WeChat shows stays
      if (answer.outcome !== 'show' || receipt.isSaid()) return alone()
      var nodes = answer.blocks.map(function (block) {
        return draw[block.kind](block, answer.now)
      })
      clear()
      nodes.forEach(function (node) {
        main.appendChild(node)
      })
      receipt.say('SHOW_CUSTOM_PAGE', heightOf())
    }, alone)
    .then(null, receipt.official)

  /** Within WeChat this is not seen; whoever opened the address in a browser reads why there is nothing. */
  function alone() {
    clear()
    main.appendChild(element('p', 'alone', '小票请在微信支付完成页查看'))
  }

  // made here, not written into the page: then its load cannot be missed, and nothing waits for it
  var sdk = element('script')
  sdk.async = true
  sdk.referrerPolicy = 'no-referrer'
  sdk.addEventListener('load', receipt.again)
  sdk.src = '__SDK__'
  document.body.appendChild(sdk)
})()
