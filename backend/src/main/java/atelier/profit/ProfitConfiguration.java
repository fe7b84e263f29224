package atelier.profit;

import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import java.util.function.Supplier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Binds what can be configured of profit, and says where shares are claimed here. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProfitProperties.class)
class ProfitConfiguration {

    @Bean
    Supplier<ShareDomain> shareDomain(Contracts contracts) {
        return () ->
                new ShareDomain(contracts.chainId(), contracts.address(ContractKind.PROFIT_SHARE));
    }
}
