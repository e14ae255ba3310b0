import fc from 'fast-check'

/** Property tests draw the same examples in every run; `ASSAY_SEED` draws others. A failure prints its seed. */
fc.configureGlobal({ seed: Number(process.env.ASSAY_SEED ?? 20_261_123) })
