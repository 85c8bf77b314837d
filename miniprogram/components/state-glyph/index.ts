// The shape of a migration state. Shapes differ without colour too, so that nobody has to tell red from green.
Component({
  properties: {
    /** MigrationState, e.g. `regressed` */
    state: { type: String, value: 'unknown' },
    /** `s` 28rpx in pills and chips, `m` 64rpx in lists, `l` 88rpx in the verdict */
    size: { type: String, value: 's' },
  },
})
