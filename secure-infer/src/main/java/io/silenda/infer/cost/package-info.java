/**
 * What a scheduled program costs on this machine: operations are counted in transforms and products
 * of polynomials, and these are timed once a machine.
 */
@NullMarked
package io.silenda.infer.cost;

import org.jspecify.annotations.NullMarked;
