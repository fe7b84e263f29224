package atelier.profit;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/** Binds what can be configured of profit. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProfitProperties.class)
class ProfitConfiguration {}
