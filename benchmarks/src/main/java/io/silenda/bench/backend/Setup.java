package io.silenda.bench.backend;

import io.silenda.infer.Guarantee;

/**
 * What opening a backend gave.
 *
 * @param parameters for people
 * @param keyBytes what the client sends once
 * @param trustedBytes memory that must be kept from whoever runs the rest
 * @param trustedPart what that memory is
 * @param afterTail whether answers are the model's output, after its last activation
 * @param guarantee who learns what
 */
public record Setup(
    String parameters, long keyBytes, long trustedBytes, String trustedPart, Guarantee guarantee) {}
