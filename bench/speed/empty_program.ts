/**
 * A program that does nothing, to measure the least cost of a start.
 *
 * @module
 */
