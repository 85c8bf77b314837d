// Numbers for Prometheus. Routes, never URLs: a URL may hold what must not be kept.
import type { FastifyInstance } from 'fastify'
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import type { AttemptPhase, OperationStatus, OperationTable } from '../database/control-tables.ts'
import type { PoolUse } from '../database/connection.ts'
import type { SkewGauge } from './clock-skew.ts'

export interface PayCalls {
  /** one call to WeChat Pay ended */
  count(kind: OperationTable['kind'], phase: AttemptPhase, code: string | null): void
  /** how many operations are in a state that somebody or something must settle */
  unsettled(status: OperationStatus, count: number): void
  /** what WeChat Pay says against a number of the provider itself; null: nothing */
  providerTrouble(sp_mchid: string, code: string | null): void
}

/** Loads of the receipt page: also those that leave nothing else behind. */
export interface ReceiptMetricsCounters {
  load(end: string): void
  sourceCall(outcome: string): void
  dropped(): void
}

export interface Metrics {
  clocks: SkewGauge
  payCalls: PayCalls
  receipts: ReceiptMetricsCounters
  /** @param certificate merchant: the number's own, platform: WeChat Pay's */
  certificateEnd(end: { sp_mchid: string; certificate: string; at: Date }): void
  register(app: FastifyInstance): void
}

/**
 * @param troubleCodes what WeChat Pay may say against a number of the provider
 * @param poolUse of the process's connections to the database
 */
export function createMetrics(troubleCodes: readonly string[], poolUse: () => PoolUse): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const calls = new Counter({
    name: 'wechatpay_calls_total',
    help: 'calls to WeChat Pay by kind, phase of the answer and code',
    labelNames: ['kind', 'phase', 'code'],
    registers: [registry],
  })
  const unsettled = new Gauge({
    name: 'operations_unsettled',
    help: 'operations without a settled outcome',
    labelNames: ['status'],
    registers: [registry],
  })
  const trouble = new Gauge({
    name: 'provider_trouble',
    help: '1 while WeChat Pay refuses everything, or its answers cannot be verified, for a reason that lies with the provider',
    labelNames: ['sp_mchid', 'code'],
    registers: [registry],
  })
  const certificates = new Gauge({
    name: 'certificate_end_timestamp_seconds',
    help: "end of a provider number's certificate (merchant: its own, platform: WeChat Pay's), seconds since 1970",
    labelNames: ['sp_mchid', 'certificate'],
    registers: [registry],
  })
  const skew = new Gauge({
    name: 'clock_skew_seconds',
    help: 'by how much another clock is ahead of this process',
    labelNames: ['other'],
    registers: [registry],
  })
  registry.registerMetric(
    new Gauge({
      name: 'database_connections',
      help: 'connections of this process that are busy, and requests that wait for one',
      labelNames: ['state'],
      registers: [],
      collect() {
        const { busy, waiting } = poolUse()
        this.set({ state: 'busy' }, busy)
        this.set({ state: 'waiting' }, waiting)
      },
    }),
  )
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'time from the request to the end of the answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 8, 20],
    registers: [registry],
  })
  const receiptLoads = new Counter({
    name: 'receipt_loads_total',
    help: 'loads of the receipt page by their end',
    labelNames: ['end'],
    registers: [registry],
  })
  const sourceCalls = new Counter({
    name: 'receipt_source_calls_total',
    help: "questions to the provider's order interface by outcome",
    labelNames: ['outcome'],
    registers: [registry],
  })
  const receiptsDropped = new Counter({
    name: 'receipt_loads_dropped_total',
    help: 'loads that were not kept because the database was away for long',
    registers: [registry],
  })
  return {
    clocks: { clockSkew: (other, seconds) => skew.set({ other }, seconds) },
    receipts: {
      load: end => receiptLoads.inc({ end }),
      sourceCall: outcome => sourceCalls.inc({ outcome }),
      dropped: () => receiptsDropped.inc(),
    },
    payCalls: {
      count: (kind, phase, code) => calls.inc({ kind, phase, code: code ?? '' }),
      unsettled: (status, count) => unsettled.set({ status }, count),
      providerTrouble(sp_mchid, code) {
        for (const one of troubleCodes) trouble.set({ sp_mchid, code: one }, one === code ? 1 : 0)
      },
    },
    certificateEnd: ({ sp_mchid, certificate, at }) => certificates.set({ sp_mchid, certificate }, at.getTime() / 1_000),
    register(app) {
      app.addHook('onResponse', async (request, reply) => {
        const route = request.routeOptions.url ?? 'none'
        requests.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1_000)
      })
      app.get('/metrics', { schema: { hide: true } as object, config: { rateLimit: false } }, async (_request, reply) =>
        reply
          .type(registry.contentType)
          .serializer(String)
          .send(await registry.metrics()),
      )
    },
  }
}
