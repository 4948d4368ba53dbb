package dev.myproxy.bench.run;

import dev.myproxy.bench.load.Rates;
import dev.myproxy.bench.load.Transfer;
import dev.myproxy.bench.report.Reading;
import dev.myproxy.bench.subject.Contestant;
import java.util.Locale;
import java.util.Optional;

/** What was counted, as readings and as texts. */
final class Counts {

    private Counts() {}

    static Reading reading(Rates rates, Contestant contestant, String generator) {
        return new Reading(rates.perSecond(), Optional.of(rates.latencies()),
                contestant.pid().isPresent() ? Optional.of(rates.processorMicrosEach()) : Optional.empty(), generator);
    }

    static Reading reading(Transfer transfer, Contestant contestant) {
        return new Reading(transfer.megabytesPerSecond(), Optional.empty(),
                contestant.pid().isPresent()
                        ? Optional.of(transfer.processorMicrosPerMegabyte())
                        : Optional.empty(),
                "native");
    }

    static String of(int number, String thing) {
        return String.format(Locale.ROOT, "%,d %s%s", number, thing, number == 1 ? "" : "s");
    }
}
