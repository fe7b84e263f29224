package atelier.vault;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Ends a start with a refused root secret in words instead of a stack trace. */
final class RootSecretFailureAnalyzer extends AbstractFailureAnalyzer<RootSecretRefused> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, RootSecretRefused cause) {
        return new FailureAnalysis(cause.getMessage(), cause.remedy(), cause);
    }
}
