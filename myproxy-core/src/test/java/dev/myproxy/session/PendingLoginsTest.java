package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PendingLoginsTest {

    private final AtomicInteger left = new AtomicInteger();
    private final PendingLogins pending = new PendingLogins(1, left::incrementAndGet);

    @Test
    void aPlaceIsFreeOnceItsClientHasLeft() {
        PendingLogins.Place place = pending.enter().orElseThrow();
        assertThat(pending.enter()).isEmpty();

        place.leave();
        place.leave();

        assertThat(left).hasValue(1);
        assertThat(pending.enter()).isPresent();
        assertThat(pending.enter()).isEmpty();
    }

    @Test
    void workKeepsThePlaceOfAClientThatHasLeft() {
        PendingLogins.Place place = pending.enter().orElseThrow();
        place.occupy();
        place.occupy();

        place.leave();
        place.release();
        assertThat(pending.enter()).isEmpty();
        place.release();

        assertThat(left).hasValue(1);
        assertThat(pending.enter()).isPresent();
    }

    @Test
    void workThatEndsBeforeTheClientLeavesChangesNothing() {
        PendingLogins.Place place = pending.enter().orElseThrow();
        place.occupy();
        place.release();

        assertThat(pending.enter()).isEmpty();
        assertThat(left).hasValue(0);
    }

    /** As COM_CHANGE_USER does. */
    @Test
    void workAfterTheLoginDoesNotCount() {
        PendingLogins.Place place = pending.enter().orElseThrow();
        place.leave();
        place.occupy();
        place.release();

        assertThat(left).hasValue(1);
    }
}
