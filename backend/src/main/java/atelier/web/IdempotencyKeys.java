package atelier.web;

import atelier.kernel.IdempotencyKey;
import atelier.kernel.Refused;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Hands a handler the key its caller named the request by: the header {@value #HEADER}, or the
 * hidden field {@value #FIELD} of a form. A parameter marked nullable may go without.
 */
final class IdempotencyKeys implements HandlerMethodArgumentResolver {

    static final String HEADER = "Idempotency-Key";
    static final String FIELD = "_key";

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == IdempotencyKey.class;
    }

    @Override
    public @Nullable Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        String value = value(request);
        if (value != null) {
            return new IdempotencyKey(value);
        }
        if (parameter.isOptional()) {
            return null;
        }
        throw Refused.invalid("idempotency.missing", HEADER);
    }

    private static @Nullable String value(NativeWebRequest request) {
        String header = request.getHeader(HEADER);
        return header == null ? request.getParameter(FIELD) : header;
    }
}
