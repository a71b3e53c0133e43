package io.silenda.bench.report;

/** The frame of a page. */
final class Page {
  private static final String STYLE =
      "body{font:15px/1.55 system-ui,'DejaVu Sans',sans-serif;color:#1f2937;background:#f3f4f6;"
          + "margin:0 auto;max-width:84rem;padding:1.5rem}"
          + "h1{font-size:1.9rem;margin:.2rem 0}h2{margin:2rem 0 .5rem;font-size:1.25rem}"
          + "h3{margin:.2rem .4rem;font-size:1.02rem}.lead{color:#4b5563;margin:.2rem 0 1rem}"
          + ".charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(34rem,100%),1fr));"
          + "gap:1rem;margin:1.2rem 0}"
          + "figure{margin:0;background:#fff;border-radius:.6rem;padding:.8rem;"
          + "box-shadow:0 1px 3px #0002;min-width:0}"
          + "figure svg{width:100%;height:auto;display:block}"
          + "figcaption{color:#4b5563;font-size:.87rem;margin:.3rem .4rem}"
          + ".figures td{white-space:nowrap}.table{overflow-x:auto;background:#fff;border-radius:.6rem;box-shadow:0 1px 3px #0002}"
          + "table{border-collapse:collapse;width:100%;font-size:.86rem}"
          + "th,td{padding:.35rem .6rem;border-bottom:1px solid #e5e7eb;text-align:left;"
          + "vertical-align:top;font-variant-numeric:tabular-nums}"
          + "th{background:#f9fafb;white-space:nowrap}tr:last-child td{border-bottom:0}"
          + "code{background:#e5e7eb;border-radius:.2rem;padding:0 .25rem}";

  private Page() {}

  static String of(String title, String body) {
    return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
        + "<meta name=\"viewport\" content=\"width=device-width\"><title>"
        + Html.escape(title)
        + "</title><style>"
        + STYLE
        + "</style></head><body>\n<h1>"
        + Html.escape(title)
        + "</h1>\n"
        + body
        + "</body></html>\n";
  }
}
