package io.silenda.infer;

import io.silenda.he.CkksParameters;
import io.silenda.he.EvaluationKeyPlan;
import io.silenda.infer.graph.ClientTail;
import io.silenda.infer.packing.InputPacking;
import io.silenda.infer.packing.OutputPacking;

/**
 * All that the client of one compiled model needs: shapes, parameters and the list of keys, and no
 * weight.
 *
 * @param parameters encryption parameters
 * @param keyPlan the evaluation keys that the server needs
 * @param input where a row goes
 * @param output where the answer is
 * @param inputLog2Scale log2 of the scale of a request
 * @param answerLog2Scale log2 of the scale of an answer
 * @param tail what the client does after decryption
 */
public record ClientBundle(
    CkksParameters parameters,
    EvaluationKeyPlan keyPlan,
    InputPacking input,
    OutputPacking output,
    double inputLog2Scale,
    double answerLog2Scale,
    ClientTail tail) {}
