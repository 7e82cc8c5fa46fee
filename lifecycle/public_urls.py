app_name = "lifecycle_public"
urlpatterns: list = []
