/**
 * What is written about a trained model: a card for everybody, which nothing enters that private
 * rows decided without accounting, and a report for the trainer alone.
 */
@NullMarked
package io.silenda.dp.report;

import org.jspecify.annotations.NullMarked;
