const cookie = document.cookie.split('; ').find((part) => part.startsWith('csrftoken='));
SwaggerUIBundle({
  url: '{% url "api_schema" %}',
  dom_id: '#swagger-ui',
  deepLinking: true,
  validatorUrl: null,
  requestInterceptor: (request) => {
    if (cookie) request.headers['X-CSRFToken'] = cookie.slice('csrftoken='.length);
    return request;
  },
});
