package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.backend.LoginFailure;
import dev.myproxy.backend.LoginFailure.Kind;
import dev.myproxy.session.meters.DisconnectCause;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerFailureTest {

    @ParameterizedTest
    @CsvSource({"IMPOSSIBLE,LOGIN_FAILED,false", "MALFORMED,SERVER_MALFORMED,false", "CLOSED,SERVER_CLOSED,false",
            "NO_MEMORY,NO_MEMORY,true"})
    void tellsWhoseFaultItIs(Kind kind, DisconnectCause cause, boolean ours) {
        ServerFailure failure = ServerFailure.of(new LoginFailure(kind, false, "why", "what"));

        assertThat(failure.cause()).isEqualTo(cause);
        assertThat(failure.isOurs()).isEqualTo(ours);
        assertThat(failure.isWithoutDescriptor()).isFalse();
    }
}
