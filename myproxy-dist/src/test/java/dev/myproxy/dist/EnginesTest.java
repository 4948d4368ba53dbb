package dev.myproxy.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnginesTest {

    private static final Path CONFIGURATION = Path.of("a.fake");

    private static FakeEngine engine(String name, int priority) {
        return new FakeEngine(name, priority, Optional.empty(), (_, _) -> {});
    }

    private static FakeEngine broken(String name, int priority) {
        return new FakeEngine(name, priority, Optional.of("no library"), (_, _) -> {});
    }

    @Test
    void theEngineOfTheHighestPriorityIsTaken() throws FatalException {
        var choice = new Engines(List.of(engine("low", 1), engine("high", 2))).bestFor(CONFIGURATION);

        assertThat(choice.engine().name()).isEqualTo("high");
        assertThat(choice.refused()).isEmpty();
    }

    @Test
    void anEngineThatDoesNotWorkIsPassedOverAndNamed() throws FatalException {
        var choice = new Engines(List.of(engine("low", 1), broken("high", 2))).bestFor(CONFIGURATION);

        assertThat(choice.engine().name()).isEqualTo("low");
        assertThat(choice.refused()).containsExactly("Engine high does not work here: no library");
    }

    @Test
    void noWorkingEngineIsAFailure() {
        assertThatThrownBy(() -> new Engines(List.of(broken("only", 1))).bestFor(CONFIGURATION))
                .isInstanceOfSatisfying(FatalException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FAILURE))
                .hasMessage("Engine only does not work here: no library");
    }

    @Test
    void aConfigurationThatNoEngineRunsIsAWrongConfiguration() {
        assertThatThrownBy(() -> new Engines(List.of(engine("fake", 1))).bestFor(Path.of("a.rb")))
                .isInstanceOfSatisfying(FatalException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIG))
                .hasMessage("No script engine runs a.rb (engines: fake)");
    }

    @Test
    void anUnknownNameSuggestsTheNearest() {
        assertThatThrownBy(() -> new Engines(List.of(engine("luajit", 2), engine("luaj", 1))).named("luajitt"))
                .isInstanceOfSatisfying(FatalException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessage("Unknown engine \"luajitt\"; did you mean \"luajit\"? (engines: luajit, luaj)");
    }

    @Test
    void aNamedEngineMustWork() {
        assertThatThrownBy(() -> new Engines(List.of(broken("only", 1))).named("only"))
                .isInstanceOf(FatalException.class).hasMessage("Engine only does not work here: no library");
    }

    @Test
    void aNamedEngineIsTakenWhateverItsPriority() throws FatalException {
        assertThat(new Engines(List.of(engine("low", 1), engine("high", 2))).named("low").name()).isEqualTo("low");
    }
}
