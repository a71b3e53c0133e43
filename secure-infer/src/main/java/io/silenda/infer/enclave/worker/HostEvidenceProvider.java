package io.silenda.infer.enclave.worker;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Evidence;
import io.silenda.attest.Reason;
import io.silenda.attest.Tee;
import io.silenda.attest.provider.EvidenceProvider;
import io.silenda.attest.provider.Probe;
import io.silenda.infer.enclave.pipe.EvidenceContent;
import io.silenda.infer.enclave.pipe.Message;
import io.silenda.infer.enclave.pipe.MessagePipe;
import java.io.IOException;

/**
 * Asks the host for evidence, since a worker reaches no device. The report data binds the worker's
 * keys; a host that answers with something else gets a worker that nobody accepts. Not thread-safe.
 */
final class HostEvidenceProvider implements EvidenceProvider {
  private final MessagePipe pipe;
  private Tee tee = Tee.SIMULATED;

  HostEvidenceProvider(MessagePipe pipe) {
    this.pipe = pipe;
  }

  @Override
  public String name() {
    return "host";
  }

  /** What the last evidence was; SIMULATED before there was any. */
  @Override
  public Probe probe() {
    return new Probe.Present(tee, tee + " by the host's word");
  }

  @Override
  public Evidence provide(byte[] reportData) throws AttestationException {
    try {
      pipe.write(Message.Kind.EVIDENCE_WANTED, reportData);
      Message answer = pipe.read();
      if (answer.kind() != Message.Kind.EVIDENCE) {
        throw failed("no evidence");
      }
      EvidenceContent content = EvidenceContent.decode(answer.body());
      tee = content.tee();
      return content.evidence();
    } catch (IOException e) {
      throw failed("bytes that are no evidence");
    }
  }

  private static AttestationException failed(String seen) {
    return new AttestationException(Reason.PROVIDER_FAILED, "provider", seen, "evidence");
  }
}
