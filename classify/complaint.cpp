#include "classify/complaint.hpp"

namespace classify {

ComplaintView complaint_view(double request_probability) {
  if (request_probability >= request_sure) return {false, request_probability, false};
  return {true, 1 - request_probability, request_probability > 1 - request_sure};
}

}  // namespace classify
