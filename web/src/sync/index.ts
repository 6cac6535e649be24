export * from './backoff'
export * from './engine'
export * from './types'
export * from './words'
