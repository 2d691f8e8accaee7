// Counters, gauges and histograms; the only door to prometheus-cpp. Cheap and callable from any thread.
#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace prometheus {
class Counter;
class Gauge;
class Histogram;
}  // namespace prometheus

namespace bbstream::observe {

using labels = std::initializer_list<std::pair<std::string_view, std::string_view>>;

// Handles are small values that stay valid as long as their registry lives.
class counter {
   public:
    explicit counter(prometheus::Counter& to) : to_(&to) {}
    void add(double n = 1) const;

   private:
    prometheus::Counter* to_;
};

class gauge {
   public:
    explicit gauge(prometheus::Gauge& to) : to_(&to) {}
    void set(double value) const;

   private:
    prometheus::Gauge* to_;
};

class histogram {
   public:
    explicit histogram(prometheus::Histogram& to) : to_(&to) {}
    void observe(double value) const;

   private:
    prometheus::Histogram* to_;
};

class metrics {
   public:
    metrics();
    ~metrics();
    metrics(metrics const&) = delete;
    metrics& operator=(metrics const&) = delete;

    // The same name and labels give the same metric. Names are bbstream_..., units last (_seconds, _bytes, _total).
    counter make_counter(std::string_view name, std::string_view help, labels with = {});
    gauge make_gauge(std::string_view name, std::string_view help, labels with = {});
    histogram make_histogram(std::string_view name, std::string_view help, std::vector<double> const& bounds,
                             labels with = {});

    // Everything in the Prometheus text exposition format 0.0.4.
    std::string text() const;

   private:
    struct state;
    std::unique_ptr<state> state_;
};

}  // namespace bbstream::observe
