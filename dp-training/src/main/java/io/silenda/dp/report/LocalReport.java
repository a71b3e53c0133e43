package io.silenda.dp.report;

import io.silenda.dp.ledger.Budget;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What the trainer may see and nobody else: marked so, on one page that loads nothing. */
public final class LocalReport {
  private static final String MARK = "local, not private";
  private static final String STYLE =
      "body{font:16px/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}"
          + "table{border-collapse:collapse;margin:1rem 0}"
          + "th,td{padding:.25rem .75rem;border-bottom:1px solid #ccc;text-align:left}"
          + ".local{border-left:.5rem solid #b00;padding:.5rem 1rem;background:#fee;color:#400}"
          + "svg{max-width:100%;height:auto}";

  private LocalReport() {}

  /** Members of the JSON form: the card's, and the local ones under one marked member. */
  public static Map<String, Object> members(JobResult result) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("card", ModelCard.members(result));
    report.put("local_not_private", local(result));
    return report;
  }

  private static Map<String, Object> local(JobResult result) {
    JobResult.LocalFigures figures = result.local();
    LocalHistory history = figures.history();
    List<LocalHistory.Point> losses = history.losses();
    Budget budget = result.job().privacy().budget();
    Map<String, Object> local = new LinkedHashMap<>();
    local.put("rows", figures.rows());
    local.put("data_sha256", figures.dataSha256());
    local.put("last_loss", losses.isEmpty() ? Double.NaN : losses.get(losses.size() - 1).loss());
    local.put(ModelCard.metric(result) + "_on_private_rows", figures.accuracy());
    local.put("records_without_finite_gradient", history.rejectedRecords());
    local.put("seconds", history.seconds());
    local.put("samples_per_second", history.records() / Math.max(1e-9, history.seconds()));
    figures.membership().ifPresent(found -> local.put("membership_inference", found.text()));
    local.put("ledger_epsilon_spent", figures.ledgerSpent());
    local.put("ledger_epsilon_budget", budget.epsilon());
    local.put("ledger_delta", budget.delta());
    return local;
  }

  /** The page. */
  public static String html(JobResult result) throws IOException {
    LocalHistory history = result.local().history();
    return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>"
        + escape(result.job().name())
        + "</title><style>"
        + STYLE
        + "</style></head><body>\n<h1>"
        + escape(result.job().name())
        + "</h1>\n<p class=\"local\"><strong>"
        + MARK
        + "</strong>: this page shows what private rows decided without accounting. Publish"
        + " model-card.md instead.</p>\n<p>"
        + escape(result.guarantee().text())
        + "</p>\n<h2>Privacy spent</h2>\n"
        + TrainingCharts.epsilon(history.epsilons())
        + "<h2>Loss ("
        + MARK
        + ")</h2>\n"
        + TrainingCharts.loss(history.losses())
        + "<h2>Figures ("
        + MARK
        + ")</h2>\n"
        + table(local(result))
        + "<h2>The card</h2>\n"
        + table(ModelCard.members(result))
        + "</body></html>\n";
  }

  private static String table(Map<String, Object> members) {
    return "<table>"
        + members.entrySet().stream()
            .map(
                entry ->
                    "<tr><th>"
                        + escape(entry.getKey().replace('_', ' '))
                        + "</th><td>"
                        + cell(entry.getValue())
                        + "</td></tr>\n")
            .collect(Collectors.joining())
        + "</table>\n";
  }

  private static String cell(Object value) {
    if (value instanceof Map<?, ?> members) {
      return members.entrySet().stream()
          .map(entry -> escape(entry.getKey() + ": " + plain(entry.getValue())))
          .collect(Collectors.joining("<br>"));
    }
    return escape(plain(value));
  }

  private static String plain(Object value) {
    return value instanceof Double number
        ? String.format(Locale.ROOT, "%.5g", number)
        : String.valueOf(value);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
