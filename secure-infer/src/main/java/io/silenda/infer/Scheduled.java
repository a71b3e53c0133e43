package io.silenda.infer;

import io.silenda.infer.schedule.SchedulePass;
import io.silenda.infer.schedule.ScheduledProgram;

/** A program with the pass that scheduled it. */
record Scheduled(SchedulePass pass, ScheduledProgram program) {}
