/**
 * Training with differential privacy: {@link DpTrainer} is the way in. Arithmetic is in {@link
 * io.silenda.dp.engine}, noise in {@link io.silenda.dp.mechanism}, guarantees in {@link
 * io.silenda.dp.accounting}, budgets in {@link io.silenda.dp.ledger}.
 */
@NullMarked
package io.silenda.dp.train;

import org.jspecify.annotations.NullMarked;
