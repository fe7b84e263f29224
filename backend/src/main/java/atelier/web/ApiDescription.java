package atelier.web;

import atelier.kernel.IdempotencyKey;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import jakarta.annotation.security.RolesAllowed;
import java.util.Arrays;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.HandlerMethod;

/** Describes the API: who may call what, how a caller names themselves, how a no looks. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {

    private static final String TOKEN = "token";
    private static final String SESSION = "session";

    static {
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(IdempotencyKey.class)
                .replaceWithSchema(Units.class, units());
    }

    @Bean
    OpenAPI api() {
        return new OpenAPI()
                .info(
                        new Info()
                                .title("Atelier")
                                .version("v1")
                                .description(
                                        "All that a page can do, for programs. Amounts of points"
                                                + " are whole units, 100 to a point, as decimal"
                                                + " text, in requests and answers. A refusal is"
                                                + " application/problem+json with a code, its"
                                                + " values and what to do next."))
                .components(
                        new Components()
                                .addSecuritySchemes(TOKEN, token())
                                .addSecuritySchemes(SESSION, session()));
    }

    /** Reads each handler's own statement, so that the description cannot say anything else. */
    @Bean
    OperationCustomizer whoMayCall() {
        return (operation, handler) -> {
            RoleGate.statement(handler)
                    .filter(RolesAllowed.class::isInstance)
                    .map(RolesAllowed.class::cast)
                    .ifPresent(roles -> describe(operation, roles));
            if (takesKey(handler)) {
                operation.addParametersItem(key());
            }
            tellOfBlock(operation);
            operation.getResponses().addApiResponse("4XX", no("Refused: a code, and what to do"));
            return operation;
        };
    }

    private static void describe(Operation operation, RolesAllowed roles) {
        operation.addSecurityItem(new SecurityRequirement().addList(TOKEN));
        operation.addSecurityItem(new SecurityRequirement().addList(SESSION));
        String who = "Role: " + String.join(" or ", roles.value()) + ".";
        String what = operation.getDescription();
        operation.setDescription(what == null ? who : what + " " + who);
        operation.getResponses().addApiResponse("401", no("Not signed in"));
        operation.getResponses().addApiResponse("403", no("Not with these roles"));
    }

    private static void tellOfBlock(Operation operation) {
        if (operation.getParameters() != null) {
            operation.getParameters().stream()
                    .filter(parameter -> parameter.getName().equals("block"))
                    .forEach(parameter ->
                            parameter.description(
                                    "Height of a past block: the answer is of the state after it,"
                                            + " and names it."));
        }
    }

    private static boolean takesKey(HandlerMethod handler) {
        return Arrays.stream(handler.getMethodParameters())
                .anyMatch(parameter -> parameter.getParameterType() == IdempotencyKey.class);
    }

    private static HeaderParameter key() {
        HeaderParameter key = new HeaderParameter();
        key.setName(IdempotencyKeys.HEADER);
        key.setSchema(new StringSchema().maxLength(IdempotencyKey.MAXIMUM_LENGTH));
        key.setDescription("Names the request: sending it twice has one effect and one answer.");
        return key;
    }

    private static Schema<?> units() {
        return new StringSchema()
                .pattern("^-?[0-9]{1,80}$")
                .description("Units of points, 100 to a point, as decimal text")
                .example("1250");
    }

    private static ApiResponse no(String words) {
        return new ApiResponse().description(words);
    }

    private static SecurityScheme token() {
        return new SecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .description("From POST /api/v1/sessions; lasts 30 days or until it is ended.");
    }

    private static SecurityScheme session() {
        return new SecurityScheme()
                .type(SecurityScheme.Type.APIKEY)
                .in(SecurityScheme.In.COOKIE)
                .name("session")
                .description(
                        "A page's session. What changes something needs the page's X-CSRF-TOKEN"
                                + " too.");
    }
}
