#include "daemon/command/bitbucket/review.hpp"

#include "daemon/command/bitbucket/outcome_output.hpp"

namespace bbstream::command {

int run_review(review_options const& options)
{
    return run_change(options, [&](rest::actions& on) {
        auto const of = options.repository();
        switch (options.what) {
            case review_step::approve:
                return on.review(of, options.id, rest::verdict::approve);
            case review_step::unapprove:
                return on.review(of, options.id, rest::verdict::unapprove);
            case review_step::request_changes:
                return on.review(of, options.id, rest::verdict::request_changes);
            case review_step::comment:
                return on.comment(of, options.id, options.text);
            case review_step::merge:
                return on.merge(of, options.id);
            case review_step::decline:
                break;
        }
        return on.decline(of, options.id);
    });
}

}  // namespace bbstream::command
