// wx.worklet of Skyline as far as code may count on it: values are kept, functions run where they are called, and what would move is there at once.
type AnyFunction = (...values: unknown[]) => unknown

const atOnce = (value: unknown, ...rest: unknown[]) => {
  const done = rest.findLast(one => typeof one === 'function') as AnyFunction | undefined
  if (done) queueMicrotask(() => done(true))
  return value
}

/** A curve, or a maker of curves: both are called by nobody but WeChat. */
const curve = (...given: unknown[]) => given

export const worklet = {
  shared: (value: unknown) => ({ value }),
  derived: (compute: AnyFunction) => ({
    get value() {
      return compute()
    },
  }),
  timing: atOnce,
  spring: atOnce,
  decay: () => 0,
  sequence: (...values: unknown[]) => values.at(-1),
  repeat: (value: unknown) => value,
  delay: (_: number, value: unknown) => value,
  cancelAnimation: () => {},
  runOnUI: (run: AnyFunction) => run,
  runOnJS: (run: AnyFunction) => run,
  scrollViewContext: { scrollTo: () => {} },
  Easing: Object.fromEntries(
    'linear ease quad cubic poly sin circle exp elastic back bounce bezier cubicBezier in out inOut step0 step1'
      .split(' ')
      .map(name => [name, curve]),
  ),
}
